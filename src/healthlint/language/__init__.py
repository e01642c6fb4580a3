"""What a page says: folding, sentences and clauses, frames, who is speaking, evasive spelling."""
