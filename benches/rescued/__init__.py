"""What policies save in real loops: two small models, broken on purpose, under `attach` and under Transformers."""
