package io.headwaiter.gateway.input;

import io.headwaiter.gateway.problems.Problems;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members of a JSON object that a caller sent. Asking for one as a type that it does not have ends the request with 400,
 * as does one that nobody asked for. A {@code null} is as good as absent where a member may be absent.
 *
 * @param path of this object in the body, with a dot at its end, or empty
 */
public record Members(JsonNode object, String path) {

    private static final String TEXT = "a string";
    private static final String WHOLE_NUMBER = "a whole number, written with digits only";
    private static final String OBJECT = "an object";

    /** Ends the request when there is a member besides these. */
    public Members allowing(Set<String> names) {
        for (String name : object.propertyNames()) {
            if (!names.contains(name)) {
                throw Problems.badRequest("unknown_member", "There is no member of this name.")
                        .with("member", path + name)
                        .asException();
            }
        }
        return this;
    }

    public boolean has(String name) {
        return object.has(name);
    }

    public Optional<String> text(String name) {
        return isAbsent(name) ? Optional.empty() : Optional.of(requiredText(name));
    }

    /** As {@link #text}, but {@code null} is of the wrong type. */
    public String requiredText(String name) {
        JsonNode value = object.path(name);
        if (!value.isString()) {
            throw wrongType(name, TEXT);
        }
        return value.stringValue();
    }

    public @Nullable Long wholeNumber(String name) {
        return isAbsent(name) ? null : requiredWholeNumber(name);
    }

    /** As {@link #wholeNumber}, but {@code null} is of the wrong type. A number beyond what a long holds is the nearest that it does. */
    public long requiredWholeNumber(String name) {
        JsonNode value = object.path(name);
        if (!value.isIntegralNumber()) {
            throw wrongType(name, WHOLE_NUMBER);
        }
        return nearestLong(value);
    }

    private static long nearestLong(JsonNode value) {
        BigInteger number = value.bigIntegerValue();
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        return number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    public Optional<Members> object(String name) {
        if (isAbsent(name)) {
            return Optional.empty();
        }
        JsonNode value = object.path(name);
        if (!value.isObject()) {
            throw wrongType(name, OBJECT);
        }
        return Optional.of(new Members(value, path + name + "."));
    }

    public Optional<Boolean> flag(String name) {
        return isAbsent(name) ? Optional.empty() : Optional.of(requiredFlag(name));
    }

    /** As {@link #flag}, but {@code null} is of the wrong type. */
    public boolean requiredFlag(String name) {
        JsonNode value = object.path(name);
        if (!value.isBoolean()) {
            throw wrongType(name, "true or false");
        }
        return value.booleanValue();
    }

    /** Ends the request when there is no list of this name: one that was forgotten must not be taken for an empty one. */
    public Members requiringList(String name) {
        if (!object.path(name).isArray()) {
            throw wrongType(name, "a list");
        }
        return this;
    }

    public Optional<List<Members>> objects(String name) {
        return list(name, OBJECT, JsonNode::isObject, (value, place) -> new Members(value, place + "."));
    }

    public Optional<List<String>> texts(String name) {
        return list(name, TEXT, JsonNode::isString, (value, place) -> value.stringValue());
    }

    public Optional<List<Long>> wholeNumbers(String name) {
        return list(name, WHOLE_NUMBER, JsonNode::isIntegralNumber, (value, place) -> nearestLong(value));
    }

    private <T> Optional<List<T>> list(
            String name, String expected, Predicate<JsonNode> isOne, BiFunction<JsonNode, String, T> read) {
        if (isAbsent(name)) {
            return Optional.empty();
        }
        JsonNode values = object.path(name);
        if (!values.isArray()) {
            throw wrongType(name, "a list");
        }
        List<T> list = new ArrayList<>(values.size());
        for (JsonNode value : values) {
            String place = name + "[" + list.size() + "]";
            if (!isOne.test(value)) {
                throw wrongType(place, expected);
            }
            list.add(read.apply(value, path + place));
        }
        return Optional.of(list);
    }

    private boolean isAbsent(String name) {
        JsonNode value = object.path(name);
        return value.isMissingNode() || value.isNull();
    }

    private RuntimeException wrongType(String name, String expected) {
        return Problems.badRequest("wrong_type", "The member " + path + name + " must be " + expected + ".")
                .with("member", path + name)
                .asException();
    }
}
