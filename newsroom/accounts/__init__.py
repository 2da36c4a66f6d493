"""People: who they are, what they practise, how sure we are of it, and what they may do."""
