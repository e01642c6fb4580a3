"""The record of a check that others can hold against it: what was checked, with what, and what was let through."""
