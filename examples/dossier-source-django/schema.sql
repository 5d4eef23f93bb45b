-- Tables as a city platform might already have them; nothing in them was made for this library. All rows are invented.
CREATE TABLE enterprise (
  uscc TEXT PRIMARY KEY, ent_name TEXT NOT NULL, reg_district TEXT NOT NULL
);
CREATE TABLE officer (
  id INTEGER PRIMARY KEY, uscc TEXT NOT NULL REFERENCES enterprise (uscc),
  id_card TEXT NOT NULL, person_name TEXT NOT NULL, post TEXT NOT NULL, took_office DATE, left_office DATE
);
CREATE TABLE dishonest_record (
  id INTEGER PRIMARY KEY, uscc TEXT REFERENCES enterprise (uscc), id_card TEXT, person_name TEXT,
  list_name TEXT NOT NULL, organ TEXT NOT NULL, doc_no TEXT NOT NULL,
  violation_from DATE, violation_to DATE, determined DATE NOT NULL, served DATE, aggregated DATE, published DATE,
  expires DATE, removed DATE
);
INSERT INTO enterprise VALUES
  ('91210681MA0XUGUA2T', '丹东丰源虚构贸易有限公司', '210681'),
  ('91210600MA0ABCDE18', '丹东清白虚构商行', '210602');
INSERT INTO officer VALUES
  (1, '91210681MA0XUGUA2T', '21068119751103001X', '王虚构', '法定代表人', '2016-01-01', NULL),
  (2, '91210681MA0XUGUA2T', '210603198205190029', '李虚构', '财务负责人', '2014-05-01', '2017-08-31');
INSERT INTO dishonest_record VALUES
  (1, '91210681MA0XUGUA2T', NULL, NULL, '重大税收违法案件当事人', '虚构市税务局稽查局', '虚税稽罚〔2018〕1号',
   '2016-03-01', '2016-12-31', '2018-06-12', '2018-06-15', '2018-06-20', '2018-06-20', '2020-06-20', NULL);
