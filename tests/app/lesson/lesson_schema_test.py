"""Every shipped lesson is valid by its schema, and the schema refuses what is broken."""
import json
import pathlib
import sys

import jsonschema


def main() -> int:
    assets = pathlib.Path(sys.argv[1])
    schema = json.loads((assets / "schema" / "tcpstep-lesson.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    lessons = sorted((assets / "lessons").glob("*.json"))
    assert lessons, "no lessons"
    for path in lessons:
        lesson = json.loads(path.read_text())
        errors = [f"{path.name}: {error.message}" for error in validator.iter_errors(lesson)]
        assert not errors, errors
        for broken in ({**lesson, "order": 0}, {**lesson, "server": [{"call": "conect"}]}, {**lesson, "colour": "red"},
                       {**lesson, "client": [{"call": "socket"}]}):
            assert list(validator.iter_errors(broken)), f"{path.name}: the schema lets a fault pass"
    print(f"{len(lessons)} lessons are valid")
    return 0


sys.exit(main())
