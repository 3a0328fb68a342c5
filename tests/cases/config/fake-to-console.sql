/* config
env {
  parallelism = 2
  job.mode = "BATCH"
}
*/
CREATE TABLE fake_source (
  id INT,
  name STRING,
  age INT
) WITH (
  'connector' = 'FakeSource',
  'rows' = '[
    { fields = [1, "Alice", 25], kind = INSERT },
    { fields = [2, "Bob", 30], kind = INSERT }
  ]',
  'schema' = '{
    fields {
      id = "int",
      name = "string",
      age = "int"
    }
  }',
  'type' = 'source'
);
CREATE TABLE console_sink (id INT, name STRING, age INT) WITH ('connector' = 'Console', 'type' = 'sink');
INSERT INTO console_sink SELECT * FROM fake_source;
