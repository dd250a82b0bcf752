"""What the tree answers: a table of addresses, and the OpenAPI document that is made from it."""
