"""The phrase language: parse, slots, anchors, and matching over the words of a clause."""
