"""Tables and arrays that are not text: Parquet and Arrow through pyarrow, NumPy's files through NumPy."""
