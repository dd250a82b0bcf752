"""The legacy files brought up to date: what did not change keeps its bytes, what did touches its own lines only.

    update_file   one JSON file of the image repository   `legacy_update.image_file`
    update_table  `models.csv` of the text repository      `legacy_update.table_file`
    differences   what differs between two states of one   `legacy_update.difference`

`db.json` is made from the table: `legacy_database.database_of`.
"""
