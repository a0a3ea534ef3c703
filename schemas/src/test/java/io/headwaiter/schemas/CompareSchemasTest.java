package io.headwaiter.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every kind of break is found and said, and what is none is let through. */
class CompareSchemasTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String PARTY =
            """
            {
              "title": "party",
              "type": "object",
              "required": ["guests", "table"],
              "properties": {
                "guests": {"type": "integer", "minimum": 1, "maximum": 20},
                "name": {"type": "string", "minLength": 2, "maxLength": 100, "pattern": "^[a-z]+$"},
                "when": {"type": "string", "format": "date-time"},
                "note": {"type": ["string", "null"]},
                "status": {"type": "string", "enum": ["coming", "seated"]},
                "kind": {"const": "party"},
                "tags": {"type": "array", "minItems": 1, "maxItems": 9, "items": {"type": "string", "maxLength": 30}},
                "table": {
                  "type": "object",
                  "required": ["id"],
                  "properties": {"id": {"type": "integer"}, "area": {"type": "string"}}
                }
              },
              "oneOf": [{"required": ["guests"]}, {"required": ["name"]}]
            }
            """;

    private static final String REFUSED = "messages that were good are refused";
    private static final String SURPRISED = "readers meet what they were told would not come";
    private static final String EITHER = REFUSED + ", or " + SURPRISED;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "title": "party"                    | "title": "a party", "description": "New words"
                    "guests": {"type": "integer",       | "guests": {"description": "How many", "examples": [4], "type": "integer",
                    "properties": {"id"                 | "properties": {"floor": {"type": "integer", "minimum": 0}, "id"
                    "kind": {"const": "party"}          | "kind": {"const": "party"}, "menu": {"type": "string"}
                    "required": ["guests", "table"]     | "required": ["table", "guests"]
                    ["string", "null"]                  | ["null", "string"]
                    """)
    void new_words_and_optional_members_break_nothing(String before, String after) {
        assertThat(breaks(before, after)).isEmpty();
    }

    @Test
    void a_removed_member_breaks() {
        assertThat(breaks(", \"area\": {\"type\": \"string\"}", ""))
                .containsExactly("party: table.area is gone, so whoever reads or sends it is not heard any more.");
    }

    @Test
    void a_renamed_member_breaks_and_the_sentence_names_the_new_one() {
        assertThat(breaks("\"area\"", "\"zone\""))
                .containsExactly(
                        "party: table.area is gone (new beside it: zone), so whoever reads or sends it is not heard any more.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"type": "integer", "minimum"   | {"type": "string", "minimum"            | guests was of type integer and is of type string              | either
                    {"type": "integer", "minimum"   | {"minimum"                              | guests has no `type` any more, which was "integer" | surprised
                    ["string", "null"]              | "string"                                | note was of type null or string and is of type string         | refused
                    {"type": "string", "enum"       | {"type": ["string", "null"], "enum"     | status was of type string and is of type null or string       | surprised
                    ["guests", "table"]             | ["guests", "table", "when"]             | when must be there now                                        | refused
                    ["id"]                          | ["id", "area"]                          | table.area must be there now                                  | refused
                    ["guests", "table"]             | ["table"]                               | guests may be absent now                                      | surprised
                    ["coming", "seated"]            | ["coming"]                              | status was one of coming or seated and is one of coming       | refused
                    ["coming", "seated"]            | ["coming", "seated", "gone"]            | status was one of coming or seated and is one of coming or gone or seated | surprised
                    ["coming", "seated"]            | ["coming", "gone"]                      | status was one of coming or seated and is one of coming or gone | either
                    , "enum": ["coming", "seated"]  | ``                                      | status has no `enum` any more, which was ["coming","seated"]  | surprised
                    "format": "date-time"           | "enum": ["now"], "format": "date-time"  | when has `enum` now: ["now"]                                  | refused
                    {"const": "party"}              | {"const": "table"}                      | kind has another `const`: was "party" and is "table"          | either
                    {"const": "party"}              | {}                                      | kind has no `const` any more, which was "party"               | surprised
                    "format": "date-time"           | "const": "x", "format": "date-time"     | when has `const` now: "x"                                     | refused
                    "^[a-z]+$"                      | "^[a-y]+$"                              | name has another `pattern`: was "^[a-z]+$" and is "^[a-y]+$"  | either
                    , "pattern": "^[a-z]+$"         | ``                                      | name has no `pattern` any more, which was "^[a-z]+$"          | surprised
                    {"type": ["string", "null"]}    | {"type": ["string", "null"], "pattern": "a"} | note has `pattern` now: "a"                              | refused
                    "format": "date-time"           | "format": "date"                        | when has another `format`: was "date-time" and is "date"      | either
                    "minimum": 1                    | "minimum": 2                            | guests has another `minimum`: was 1 and is 2                  | refused
                    "minimum": 1                    | "minimum": 0                            | guests has another `minimum`: was 1 and is 0                  | surprised
                    "maximum": 20                   | "maximum": 19                           | guests has another `maximum`: was 20 and is 19                | refused
                    "maximum": 20                   | "maximum": 30                           | guests has another `maximum`: was 20 and is 30                | surprised
                    "minLength": 2                  | "minLength": 3                          | name has another `minLength`: was 2 and is 3                  | refused
                    "maxLength": 100                | "maxLength": 50                         | name has another `maxLength`: was 100 and is 50               | refused
                    "minItems": 1                   | "minItems": 0                           | tags has another `minItems`: was 1 and is 0                   | surprised
                    "maxItems": 9                   | "maxItems": 10                          | tags has another `maxItems`: was 9 and is 10                  | surprised
                    "maxLength": 30                 | "maxLength": 20                         | tags.items has another `maxLength`: was 30 and is 20          | refused
                    , "items": {"type": "string", "maxLength": 30} | ``                       | tags has no `items` any more, which was {"type":"string","maxLength":30} | surprised
                    "required": ["id"],             | "required": ["id"], "additionalProperties": false, | table has `additionalProperties` now: false        | refused
                    "required": ["id"],             | "required": ["id"], "dependentRequired": {"area": ["id"]}, | table has `dependentRequired` now: {"area":["id"]} | refused
                    [{"required": ["guests"]}, {    | [{"required": ["when"]}, {              | the message itself has another `oneOf`: was [{"required":["guests"]},{"required":["name"]}] and is [{"required":["when"]},{"required":["name"]}] | either
                    """)
    void a_changed_rule_breaks_and_the_sentence_says_for_whom(
            String before, String after, String sentence, String consequence) {
        String expected =
                switch (consequence) {
                    case "refused" -> REFUSED;
                    case "surprised" -> SURPRISED;
                    default -> EITHER;
                };

        List<String> breaks = breaks(before, after == null ? "" : after);

        assertThat(breaks).hasSize(1);
        assertThat(breaks.getFirst())
                .startsWith("party: " + sentence + ", so " + expected)
                .endsWith(".");
    }

    @Test
    void several_breaks_are_all_said() {
        assertThat(breaks("\"guests\": {\"type\": \"integer\", \"minimum\": 1,", "\"party\": {\"minimum\": 1,"))
                .hasSize(1);
        List<String> all = new ArrayList<>(CompareSchemas.breaks("party", JSON.readTree(PARTY), JSON.readTree("{}")));
        assertThat(all).hasSizeGreaterThan(9).allMatch(sentence -> sentence.startsWith("party: "));
    }

    private static List<String> breaks(String before, String after) {
        assertThat(PARTY).contains(before);
        JsonNode changed = JSON.readTree(PARTY.replace(before, after));
        return CompareSchemas.breaks("party", JSON.readTree(PARTY), changed);
    }
}
