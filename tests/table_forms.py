"""Tables of metrics as spreadsheets, databases, monitoring systems and programs write them."""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    """A file, and what is to be read of it."""

    data: bytes
    column: str
    values: list[float]
    """The first of its numbers; NaN where one is missing."""
    time: str = ""
    """The first time."""


NAN = float("nan")


def text(data: str, column: str, values: list[float], time: str = "", encoding: str = "utf-8") -> Form:
    return Form(data.encode(encoding), column, values, time)


FORMS = {
    "excel, decimal comma": text(
        "sep=;\r\nDatum;Wert\r\n01.02.2024 00:00;1,5\r\n01.02.2024 00:15;2,25\r\n13.02.2024 00:30;3\r\n",
        "Wert",
        [1.5, 2.25, 3],
        "2024-02-01T00:00",
    ),
    "excel, cp1252": text(
        "Zeit;Temp °C\n2024-01-01;1,5\n2024-01-02;2,5\n", "Temp °C", [1.5, 2.5], "2024-01-01", "cp1252"
    ),
    "excel, serial days": text("date,v\n45292.5,1\n45292.75,2\n", "v", [1, 2], "2024-01-01T12:00"),
    "excel, errors": text("t,v\n2024-01-01,1\n2024-01-02,#DIV/0!\n2024-01-03,#N/A\n", "v", [1, NAN, NAN], "2024-01-01"),
    "excel, a total below": text("month,sales\n2024-01,5\n2024-02,6\nTotal,11\n", "sales", [5, 6], "2024-01-01"),
    "excel, columns without a name behind": text("a;b;;\n1;x;;\n3;y;;\n2;x;;\n", "a", [1, 3, 2]),
    "excel, tabs in UTF-16": text("ts\tv\r\n2024-01-01\t1\r\n2024-01-02\t2\r\n", "v", [1, 2], "2024-01-01", "utf-16"),
    "shift-jis": text("日時,値\n2024/1/2 3:04,1.5\n2024/1/2 3:05,2.5\n", "値", [1.5, 2.5], "2024-01-02T03:04", "cp932"),
    "japanese dates": text("日付,件数\n2024年1月2日,10\n2024年1月3日,12\n", "件数", [10, 12], "2024-01-02"),
    "bank": text(
        "Konto;12345\nInhaber;M. Muster\n\nBuchung;Verwendung;Betrag\n"
        '02.01.2024;Miete;-1.234,50\n03.01.2024;"A; B";12,00\n'
        "15.01.2024;Lohn;2.000,00\n16.01.2024;x;1,00\n17.01.2024;y;2,00\n",
        "Betrag",
        [-1234.5, 12, 2000],
        "2024-01-02",
    ),
    "swiss": text("d;CHF\n31.12.2024;1'234.50\n01.01.2025;2'000.00\n", "CHF", [1234.5, 2000], "2024-12-31"),
    "french": text("date;montant\n31/12/2024;1 234,5\n01/01/2025;12,5\n", "montant", [1234.5, 12.5], "2024-12-31"),
    "french, hard spaces": text(
        "date;m\n31/12/2024;1\u202f234,5\n01/01/2025;12,5\n", "m", [1234.5, 12.5], "2024-12-31"
    ),
    "thousands in quotes": text(
        'ts,v\n2024-01-01,"1,234.5"\n2024-01-02,"12,000"\n', "v", [1234.5, 12000], "2024-01-01"
    ),
    "grafana": text(
        '"Time","cpu"\n"2024-01-01 00:00:00","980 ms"\n"2024-01-01 00:01:00","1.2 s"\n',
        "cpu",
        [980, 1200],
        "2024-01-01",
    ),
    "grafana, percent": text(
        'sep=,\n"Time","cpu"\n2024-01-01T00:00:00.000Z,12.5%\n2024-01-01T00:01:00.000Z,13%\n',
        "cpu",
        [12.5, 13],
        "2024-01-01",
    ),
    "influxdb, annotated": text(
        "#group,false,false,true,false\n#datatype,string,long,dateTime:RFC3339,double\n#default,_result,,,\n"
        ",result,table,_time,_value\n,,0,2024-01-01T00:00:00Z,1.5\n,,0,2024-01-01T00:00:10Z,2.5\n\n"
        "#group,false,false,true,false\n,result,table,_time,_value\n,,1,2024-01-01T00:00:00Z,7\n",
        "_value",
        [1.5, 2.5, 7],
        "2024-01-01",
    ),
    "influxdb, nanoseconds": text(
        "name,time,usage\ncpu,1704067200000000000,1\ncpu,1704067210000000000,2\n", "usage", [1, 2], "2024-01-01"
    ),
    "datadog": text(
        "time,avg:system.cpu.user{*}\n1704067200000,1.5\n1704067260000,2.5\n",
        "avg:system.cpu.user{*}",
        [1.5, 2.5],
        "2024-01-01",
    ),
    "cloudwatch": text(
        '"Timestamp","Average","Unit"\n"2024-01-01T00:00:00Z","0.5","Percent"\n"2024-01-01T00:05:00Z","0.7","Percent"\n',
        "Average",
        [0.5, 0.7],
        "2024-01-01",
    ),
    "cloudwatch, times of America": text(
        "Label,CPUUtilization\n01/31/2024 00:00,1.5\n01/31/2024 00:05,2.5\n", "CPUUtilization", [1.5, 2.5], "2024-01-31"
    ),
    "vmstat": text(
        "procs -----------memory---------- ---swap--\n r  b   swpd   free   buff   si   so\n 1  0  0  71000  5  0  0\n"
        " 3  0  0  72000  5  0  0\nprocs -----------memory---------- ---swap--\n r  b   swpd   free   buff   si   so\n"
        " 2  0  0  71500  5  0  0\n 2  0  0  71500  5  0  0\n 2  0  0  71500  5  0  0\n",
        "free",
        [71000, 72000, 71500],
    ),
    "sar, 24 hours": text(
        "Linux 5.15.0 (web1)  01/01/2024  _x86_64_ (4 CPU)\n\n00:00:01        CPU     %user     %idle\n"
        "00:10:01        all      1.50     98.50\n00:20:01        all      2.50     97.50\n"
        "Average:        all      2.00     98.00\n",
        "%user",
        [1.5, 2.5],
        "1970-01-01T00:10:01",
    ),
    "sar, 12 hours": text(
        "Linux 5.15.0 (web1)  01/01/2024  _x86_64_ (4 CPU)\n\n12:00:01 AM     CPU     %user     %idle\n"
        "12:10:01 AM     all      1.50     98.50\n12:20:01 PM     all      2.50     97.50\n",
        "%user",
        [1.5, 2.5],
        "1970-01-01T00:10:01",
    ),
    "powershell": text(
        '#TYPE System.Object\r\n"Time","CPU"\r\n"1/31/2024 5:00:00 PM","1.5"\r\n"1/31/2024 5:00:05 PM","2.5"\r\n',
        "CPU",
        [1.5, 2.5],
        "2024-01-31T17:00",
        "utf-16",
    ),
    "perfmon": text(
        '"(PDH-CSV 4.0) (UTC)(0)","\\\\PC\\Processor(_Total)\\% Processor Time"\r\n"01/31/2024 17:00:00.123","1.5"\r\n'
        '"01/31/2024 17:00:05.123"," "\r\n',
        "\\\\PC\\Processor(_Total)\\% Processor Time",
        [1.5, NAN],
        "2024-01-31T17:00:00.123",
    ),
    "R, write.table": text('"t" "v"\n"1" "2024-01-01" 1.5\n"2" "2024-01-02" NA\n', "v", [1.5, NAN], "2024-01-01"),
    "R, write.csv": text('"","v"\n"1",1.5\n"2",NA\n"3",2.5\n', "v", [1.5, NAN, 2.5]),
    "R, write.csv2": text('"";"v"\n"1";1,5\n"2";2,5\n"3";0,5\n', "v", [1.5, 2.5, 0.5]),
    "matlab": text("% t v\n0.1000   1.5000e+00\n0.2000   2.5000e+00\n", "v", [1.5, 2.5]),
    "numpy.savetxt": text("# t v\n1.000e+00 1.5e+00\n2.000e+00 2.5e+00\n4.000e+00 3.5e+00\n", "v", [1.5, 2.5, 3.5]),
    "gnuplot": text("#time load\n1704067200 0.5\n1704067260 0.7\n", "load", [0.5, 0.7], "2024-01-01"),
    "pandas, index": text(",v\n0,1.5\n1,\n2,2.5\n", "v", [1.5, NAN, 2.5]),
    "pandas, times as index": text(
        ",v\n2024-01-01 00:00:00+00:00,1.5\n2024-01-01 00:01:00+00:00,2.5\n", "v", [1.5, 2.5], "2024-01-01"
    ),
    "polars": text("t,v\n2024-01-01T00:00:00.000000,1.5\n2024-01-01T00:01:00.000000,\n", "v", [1.5, NAN], "2024-01-01"),
    "postgres": text(
        "ts|v\n2024-01-01 00:00:00.5+01|1.5\n2024-01-01 00:01:00.5+01|\\N\n"
        "2024-01-01 00:02:00.5+01|3\n2024-01-01 00:03:00.5+01|3\n"
        "2024-01-01 00:04:00.5+01|3\n",
        "v",
        [1.5, NAN, 3],
        "2023-12-31T23:00:00.5",
    ),
    "uci, date and time apart": text(
        "Date;Time;CO(GT);T;;\n10/03/2004;18:00:00;2,6;13,6;;\n10/03/2004;19:00:00;2;-200;;\n31/03/2004;20:00:00;2,2;11,9;;\n",
        "CO(GT)",
        [2.6, 2, 2.2],
        "2004-03-10T18:00",
    ),
    "syslog times": text("Jan  2 03:04:05,5\nJan  2 03:05:05,7\n", "2", [5, 7], "1970-01-02T03:04:05"),
    "nginx times": text(
        '"[10/Oct/2023:13:55:36 +0000]" 0.005\n"[10/Oct/2023:13:55:37 +0000]" 0.007\n',
        "2",
        [0.005, 0.007],
        "2023-10-10T13:55:36",
    ),
    "windows, \\r\\r\\n": text("v\r\r\n1\r\r\n2\r\r\n4\r\r\n", "v", [1, 2, 4]),
    "macintosh": text("t,v\r2024-01-01,1\r2024-01-02,2\r", "v", [1, 2], "2024-01-01"),
    "a mark and no header": text("\ufeff1.5\n2.5\n", "1", [1.5, 2.5]),
    "units in a row": text("t,v\ns,mV\n1.5,10\n2.25,20\n7,30\n", "v", [10, 20, 30]),
    "years as names": text("2019,2020\n1.5,2.5\n3.5,4.5\n", "2019", [1.5, 3.5]),
    "flags": text("t,up\n2024-01-01,yes\n2024-01-02,no\n", "up", [1, 0], "2024-01-01"),
    "spaces behind commas": text('ts, value\n2024-01-01, 1\n2024-01-02, "2"\n', "value", [1, 2], "2024-01-01"),
    "date, hour, value": text("2024-01-01 00:00:00 5.5\n2024-01-01 00:01:00 6.5\n", "3", [5.5, 6.5], "2024-01-01"),
    "iso, basic": text("ts,v\n20240102T030405Z,1\n20240102T030505Z,2\n", "v", [1, 2], "2024-01-02T03:04:05"),
    "days as numbers": text("date,v\n20240102,1\n20240103,2\n", "v", [1, 2], "2024-01-02"),
}
"""By what writes them."""
