"""What people propose who do not edit files: answers of a form, rows of a table, made into records."""
