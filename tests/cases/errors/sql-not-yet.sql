CREATE TABLE t (id INT) WITH ('connector' = 'FakeSource', 'type' = 'source');
