"""What pyHanko makes of the signatures of many files, in one process.

Usage: python pyhanko-judge.py ROOT.pem MOMENT FILE…
Prints one JSON line per file: {"file", "signatures": [{"field", "isAccepted", "said"}]}; a file that pyHanko cannot read has
"said" instead of "signatures". Nothing is fetched; the certificate path is judged at MOMENT (ISO 8601), without revocation.
"""

import json
import logging
import sys
from datetime import datetime

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)
root, moment, *files = sys.argv[1:]
trust = [load_cert_from_pemder(root)]
at = datetime.fromisoformat(moment.replace("Z", "+00:00"))


def context():
    return ValidationContext(trust_roots=trust, moment=at, allow_fetching=False, revocation_mode="soft-fail")


def judge(signature):
    is_stamp = signature.sig_object_type == "/DocTimeStamp"
    try:
        if is_stamp:
            status = validate_pdf_timestamp(signature, context())
            is_accepted = bool(status.valid and status.intact and status.trusted and status.docmdp_ok is not False)
        else:
            status = validate_pdf_signature(signature, context(), ts_validation_context=context())
            is_accepted = bool(status.bottom_line)
        said = status.summary()
    except Exception as error:  # whatever stops pyHanko, it has not accepted
        said, is_accepted = f"{type(error).__name__}: {error}", False
    return {"field": signature.field_name, "isAccepted": is_accepted, "said": said}


for file in files:
    with open(file, "rb") as handle:
        try:
            answer = {"signatures": [judge(one) for one in PdfFileReader(handle).embedded_signatures]}
        except Exception as error:
            answer = {"said": f"{type(error).__name__}: {error}"}
    print(json.dumps({"file": file, **answer}), flush=True)
