"""Everything that is kept: tables, one module an aggregate, one transaction a turn."""
