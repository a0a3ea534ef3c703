package io.headwaiter.gateway.input;

import io.headwaiter.gateway.problems.Problems;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members of a JSON object that a caller sent. Asking for one as a type that it does not have ends the request with 400,
 * as does one that nobody asked for. A {@code null} is as good as absent where a member may be absent.
 *
 * @param path of this object in the body, with a dot at its end, or empty
 */
public record Members(JsonNode object, String path) {

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
            throw wrongType(name, "a string");
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
            throw wrongType(name, "a whole number, written with digits only");
        }
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
            throw wrongType(name, "an object");
        }
        return Optional.of(new Members(value, path + name + "."));
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
