"""The pages of text about the house: legal notices, rules, who we are. Editors complete them in the admin."""
