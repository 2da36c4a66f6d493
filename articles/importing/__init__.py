"""Taking in stories from elsewhere: JSON Feed 1.1, RSS 2.0, Atom and WordPress exports, item by item."""
