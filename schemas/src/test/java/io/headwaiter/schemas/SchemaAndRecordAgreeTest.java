package io.headwaiter.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A producer that holds its requests against their JSON Schema is never surprised: the schema lets in exactly what
 * the worker lets in. Beyond it, as its description says, are only ways to write JSON: a member twice, an integer with a
 * fraction of zero, depth, and texts longer than any that is let in; and that a block ends after it began, which no schema
 * can say.
 */
class SchemaAndRecordAgreeTest {

    private static final int MUTATIONS = 10_000;

    private static final String[] VALUES = {
        "true",
        "[1]",
        "[0]",
        "[2, 3]",
        "[null]",
        "[1.5]",
        "[2147483648]",
        "\"seated\"",
        "\"cancelled\"",
        "\"5d41402abc4b2a76b9719d911017c592\"",
        "null",
        "true",
        "false",
        "0",
        "1",
        "-1",
        "2",
        "20",
        "21",
        "2.5",
        "1e-1",
        "-0",
        "2147483647",
        "2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "123456789012345678901234567890",
        "\"\"",
        "\" \"",
        "\"4\"",
        "\"A\"",
        "\"Al\"",
        "\"null\"",
        "[]",
        "[1]",
        "{}",
        "{\"a\":1}",
        "{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\"}",
        "{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\",\"phone\":null}",
        "{\"name\":\"Ann Lee\"}",
        "{\"name\":null,\"email\":\"ann@example.com\"}",
        "\"ann@example.com\"",
        "\"ann@example\"",
        "\"@example.com\"",
        "\"ann@\"",
        "\"a@b@c\"",
        "\"a b@c\"",
        "\"a@b\\n\"",
        "\"a@b\\u2028\"",
        "\"a\\u00a0@b\"",
        "\"a\\u0085@b\"",
        "\"\\ufeffa@b\"",
        "\"\\u200ba@\\u180e\"",
        "\"\\ud83c\\udf7d@\\ud83c\\udf7d\"",
        "\"\\ud83c@b\"",
        "\"Ann\\u0000\"",
        "\"Ann\\n\"",
        "\"Ann\\r\\n\\tLee\"",
        "\"Ann\\u007f\"",
        "\"Ann\\u009f\"",
        "\"Ann\\u2029\"",
        "\"Ann\\ud83c\"",
        "\"\\udf7d\\ud83c\"",
        "\"\\ud83c\\udf7d\"",
        "\"\\ud83c\\udf7d\\ud83c\\udf7d\"",
        "\"+34 600 100 200\"",
        "\"12345\"",
        "\"1234\"",
        "\"+1-(555).010 9999\"",
        "\"1----5\"",
        "\"1----5\\n\"",
        "\"\\u0661\\u0662\\u0663\\u0664\\u0665\"",
        "\"2027-01-01T18:00:00Z\"",
        "\"2027-01-01t18:00:00z\"",
        "\"2027-01-01T18:00:00.123456789+05:45\"",
        "\"2027-01-01T18:00:00.1234567890Z\"",
        "\"2027-01-01T18:00:00.Z\"",
        "\"2027-01-01T18:00Z\"",
        "\"2027-01-01T18:00:00\"",
        "\"2027-01-01T18:00:00+0100\"",
        "\"2027-01-01T18:00:00+01\"",
        "\"2027-01-01T18:00:00+18:00\"",
        "\"2027-01-01T18:00:00-18:01\"",
        "\"2027-01-01T18:00:00+19:00\"",
        "\"2027-01-01T24:00:00Z\"",
        "\"2027-01-01T23:59:60Z\"",
        "\"2016-12-31T23:59:60Z\"",
        "\"2027-01-01T18:60:00Z\"",
        "\"2027-02-29T18:00:00Z\"",
        "\"2028-02-29T18:00:00Z\"",
        "\"2027-13-01T18:00:00Z\"",
        "\"2027-00-01T18:00:00Z\"",
        "\"2027-01-01 18:00:00Z\"",
        "\"2027-01-01T18:00:00Z\\n\"",
        "\" 2027-01-01T18:00:00Z\"",
        "\"2027-01-01\"",
        "\"1999-12-31T12:00:00Z\"",
        "\"2000-01-01T00:00:00Z\"",
        "\"2199-12-31T23:59:59.999999999Z\"",
        "\"2200-01-01T12:00:00Z\"",
        "\"-2027-01-01T18:00:00Z\"",
        "\"+12027-01-01T18:00:00Z\"",
        "\"0000-01-01T00:00:00Z\"",
        "1893456000"
    };

    private final long seed = Long.getLong("headwaiter.seed", System.nanoTime());
    private final Random random = new Random(seed);
    // Escaped, since a text with half a surrogate pair cannot be written in UTF-8.
    private final JsonMapper plain =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @ParameterizedTest
    @ValueSource(
            classes = {
                PlaceBooking.class,
                MoveBooking.class,
                CancelBooking.class,
                ChangeStatus.class,
                BlockTable.class,
                UnblockTable.class
            })
    void of_mutated_requests_both_let_in_the_same(Class<? extends Request> request)
            throws ReflectiveOperationException {
        String type = (String) request.getField("TYPE").get(null);
        Schema schema = JsonSchemas.of(type);
        List<ObjectNode> good = new ArrayList<>();
        JsonSchemas.good(type).values().forEach(json -> good.add((ObjectNode) plain.readTree(json)));
        List<String> names =
                new ArrayList<>(JsonSchemas.text(type).get("properties").propertyNames());
        names.add("new");
        int mutations = request == PlaceBooking.class ? MUTATIONS : MUTATIONS / 4;
        int accepted = 0;
        try (ValidatorFactory factory = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()) {
            Validator validator = factory.getValidator();
            for (int i = 0; i < mutations; i++) {
                ObjectNode mutated = good.get(random.nextInt(good.size())).deepCopy();
                for (int left = 1 + random.nextInt(3); left > 0; left--) {
                    mutate(mutated, names);
                }
                String json = plain.writeValueAsString(mutated);
                boolean bySchema = JsonSchemas.errors(schema, json).isEmpty();
                assertThat(isAccepted(json, request, validator))
                        .as("by the record, while by the schema %s (seed %s): %s", bySchema, seed, json)
                        .isEqualTo(bySchema);
                accepted += bySchema ? 1 : 0;
            }
        }
        assertThat(accepted).as("accepted of %s", mutations).isBetween(mutations / 50, mutations * 3 / 4);
    }

    private static boolean isAccepted(String json, Class<? extends Request> request, Validator validator) {
        try {
            return validator.validate(MessageJson.read(json.getBytes(UTF_8), request)).stream()
                    .allMatch(violation -> violation.getMessage().equals("block_out_of_range"));
        } catch (JacksonException unreadable) {
            return false;
        }
    }

    private void mutate(ObjectNode request, List<String> members) {
        ObjectNode object = request;
        List<String> names = members;
        if (request.get("client") instanceof ObjectNode client && random.nextInt(3) > 0) {
            object = client;
            names = List.of("name", "email", "phone", "new");
        }
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(12) == 0) {
            object.remove(name);
        } else {
            object.set(name, value());
        }
    }

    private JsonNode value() {
        if (random.nextInt(10) == 0) {
            // Lengths around every limit, in characters that take one, two and four bytes.
            int[] limits = {1, 2, 5, 30, 31, 99, 100, 101, 253, 254, 255, 999, 1000, 1001};
            String character = List.of("a", "5", "é", "\uD83C\uDF7D").get(random.nextInt(4));
            String text = character.repeat(limits[random.nextInt(limits.length)]);
            return plain.getNodeFactory().stringNode(random.nextBoolean() ? text : "a@" + text);
        }
        return plain.readTree(VALUES[random.nextInt(VALUES.length)]);
    }
}
