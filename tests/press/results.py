# SPDX-License-Identifier: Apache-2.0
"""Runs unittest cases and leaves what GoogleTest's JSON would say, for the sum at the end of ./test."""
import argparse
import json
import pathlib
import sys
import unittest


class _Result(unittest.TextTestResult):
    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.cases = {}

    def _note(self, test, result="COMPLETED", failure=None):
        case = self.cases.setdefault(test.id(), {"name": test.id().split(".")[-1], "result": result, "failures": []})
        case["result"] = result
        if failure:
            case["failures"].append({"failure": failure})

    def addSuccess(self, test):
        super().addSuccess(test)
        self._note(test)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._note(test, failure=self._exc_info_to_string(error, test))

    def addError(self, test, error):
        super().addError(test, error)
        self._note(test, failure=self._exc_info_to_string(error, test))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._note(test, result="SKIPPED")


def main(suite_name, module):
    """Runs the cases of a module (or those named on the command line); ends the process."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--results")
    arguments.add_argument("names", nargs="*", help="Class or Class.test")
    options = arguments.parse_args()
    loader = unittest.defaultTestLoader
    suite = loader.loadTestsFromNames(options.names, module) if options.names else loader.loadTestsFromModule(module)
    result = unittest.TextTestRunner(verbosity=2, resultclass=_Result).run(suite)
    if options.results:
        document = {"testsuites": [{"name": suite_name, "testsuite": list(result.cases.values())}]}
        pathlib.Path(options.results).write_text(json.dumps(document), encoding="utf-8")
    sys.exit(0 if result.wasSuccessful() else 1)
