"""Tables from and for other people's programs: CSV, Excel and JSON lines, a row at a time in both directions.

`reading.open_table` reads, `csv_export.write_csv` and `xlsx_export.write_xlsx` write. Nothing is imported here, so that
the process that opens workbooks starts fast.
"""
