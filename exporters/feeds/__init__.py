"""Feeds: one description of a feed and its entries, written as Atom, RSS or JSON Feed."""
