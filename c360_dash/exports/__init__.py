"""Questions, customers and pages as files: CSV of one table, XLSX of one or many.

    customers(build, asked, "csv")                  everybody who is found
    question(build, QUESTIONS["kpis"], …, "xlsx")   all rows of an answer
    page(build, "overview", filters)                what a page shows, a sheet for each chart

A file says which build it is about, and of which moment: in its name, in the headers of the response, and in a
workbook on the sheet About. A CSV file holds nothing but one line of names and the rows, so that programs read it as it
is. Rows leave as they come from the database; nothing is held but a few thousand of them.
"""

from c360_dash.exports.sending import File, response
from c360_dash.exports.tables import Table, customers, page, question

__all__ = ["File", "Table", "customers", "page", "question", "response"]
