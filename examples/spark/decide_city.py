"""Decide the tables in a folder on a cluster, and write the answers beside one another as Parquet.

spark-submit --master spark://… decide_city.py SOURCE OUT 2018-12-20
"""

import sys
from datetime import date

from pyspark.sql import SparkSession

from creditrules.population.spark import decide_spark, read_folder

source, out, on = sys.argv[1:]
spark = SparkSession.builder.appName("creditrules").getOrCreate()

population = decide_spark(spark, [], date.fromisoformat(on), read_folder(spark, source))
for name, rows in {**population.tables, "rejects": population.refused}.items():
    rows.write.parquet(f"{out}/{name}")
for name, table in population.explained().items():
    spark.createDataFrame(table).write.parquet(f"{out}/{name}")

print(population.counts)
print(f"{population.sampled.subjects} subjects decided again by the reference engine, which agrees")
spark.stop()
