"""From the sound of a reply to its words: the same while it is spoken and afterwards."""
