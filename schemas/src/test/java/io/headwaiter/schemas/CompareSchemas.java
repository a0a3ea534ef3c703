package io.headwaiter.schemas;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What a new version of a JSON Schema breaks. It may have optional members that the old one had not, and other words about what
 * there is. All else is a break, whichever way it goes:
 *
 * <ul>
 *   <li>what is <em>narrower</em> refuses messages that were good, and they lie in the topics for weeks and in the tests for ever;
 *   <li>what is <em>wider</em> reaches readers that were built on the narrower rule: consumers of events that nobody here knows, and a
 *       worker of the version before, which would lay such a request aside as poison.
 * </ul>
 *
 * A keyword that this does not know, or cannot weigh, such as a pattern, counts as a break when it changed at all.
 */
final class CompareSchemas {

    private static final Set<String> WORDS =
            Set.of("title", "description", "examples", "$comment", "deprecated", "default");
    private static final Set<String> LOWER_BOUNDS = Set.of("minimum", "exclusiveMinimum", "minLength", "minItems");
    private static final Set<String> UPPER_BOUNDS = Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems");

    private static final String NARROWER = "messages that were good are refused";
    private static final String WIDER = "readers meet what they were told would not come";
    private static final String BOTH = NARROWER + ", or " + WIDER;

    private final String message;
    private final List<String> breaks = new ArrayList<>();

    private CompareSchemas(String message) {
        this.message = message;
    }

    /**
     * A sentence for each break; none when there is none.
     *
     * @param message whose schemas these are, for the sentences
     */
    static List<String> breaks(String message, JsonNode before, JsonNode after) {
        CompareSchemas comparison = new CompareSchemas(message);
        comparison.compare("", before, after);
        return List.copyOf(comparison.breaks);
    }

    private void compare(String place, JsonNode before, JsonNode after) {
        Set<String> keywords = new TreeSet<>(before.propertyNames());
        keywords.addAll(after.propertyNames());
        keywords.removeAll(WORDS);
        for (String keyword : keywords) {
            JsonNode was = before.path(keyword);
            JsonNode is = after.path(keyword);
            if (was.equals(is)) {
                continue;
            }
            switch (keyword) {
                case "properties" -> members(place, was, is);
                case "required" -> required(place, was, is);
                case "type", "enum" -> values(place, keyword, was, is);
                case "items" -> items(place, was, is);
                default -> rule(place, keyword, was, is);
            }
        }
    }

    private void members(String place, JsonNode before, JsonNode after) {
        Set<String> gone = names(before);
        gone.removeAll(names(after));
        Set<String> added = names(after);
        added.removeAll(names(before));
        for (String name : gone) {
            String instead = added.isEmpty() ? "" : " (new beside it: " + String.join(", ", added) + ")";
            say(place + "/" + name, "is gone" + instead, "whoever reads or sends it is not heard any more");
        }
        for (String name : names(before)) {
            if (!gone.contains(name)) {
                compare(place + "/" + name, before.path(name), after.path(name));
            }
        }
    }

    private void required(String place, JsonNode before, JsonNode after) {
        Set<String> was = texts(before);
        Set<String> is = texts(after);
        for (String name : is) {
            if (!was.contains(name)) {
                say(place + "/" + name, "must be there now", NARROWER + ": those without it");
            }
        }
        for (String name : was) {
            if (!is.contains(name)) {
                say(place + "/" + name, "may be absent now", WIDER + ": a message without it");
            }
        }
    }

    private void values(String place, String keyword, JsonNode before, JsonNode after) {
        if (before.isMissingNode() || after.isMissingNode()) {
            rule(place, keyword, before, after);
            return;
        }
        String of = keyword.equals("type") ? "of type " : "one of ";
        Set<String> was = texts(before);
        Set<String> is = texts(after);
        if (!was.equals(is)) {
            String consequence = was.containsAll(is) ? NARROWER : is.containsAll(was) ? WIDER : BOTH;
            say(place, "was " + of + text(was) + " and is " + of + text(is), consequence);
        }
    }

    private void items(String place, JsonNode before, JsonNode after) {
        if (before.isObject() && after.isObject()) {
            compare(place + "/items", before, after);
        } else {
            rule(place, "items", before, after);
        }
    }

    private void rule(String place, String keyword, JsonNode before, JsonNode after) {
        if (before.isMissingNode()) {
            say(place, "has `" + keyword + "` now: " + after, NARROWER);
        } else if (after.isMissingNode()) {
            say(place, "has no `" + keyword + "` any more, which was " + before, WIDER);
        } else {
            say(
                    place,
                    "has another `" + keyword + "`: was " + before + " and is " + after,
                    weigh(keyword, before, after));
        }
    }

    private static String weigh(String keyword, JsonNode before, JsonNode after) {
        boolean lower = LOWER_BOUNDS.contains(keyword);
        if (!lower && !UPPER_BOUNDS.contains(keyword) || !before.isNumber() || !after.isNumber()) {
            return BOTH;
        }
        boolean raised = after.decimalValue().compareTo(before.decimalValue()) > 0;
        return raised == lower ? NARROWER : WIDER;
    }

    private void say(String place, String what, String consequence) {
        String member =
                place.isEmpty() ? "the message itself" : place.substring(1).replace('/', '.');
        breaks.add(message + ": " + member + " " + what + ", so " + consequence + ".");
    }

    private static Set<String> names(JsonNode members) {
        return new LinkedHashSet<>(members.propertyNames());
    }

    /** Of an array, its elements; of a single value, this. */
    private static Set<String> texts(JsonNode values) {
        Set<String> texts = new TreeSet<>();
        if (values.isArray()) {
            values.forEach(value -> texts.add(value.isString() ? value.asString() : value.toString()));
        } else if (!values.isMissingNode()) {
            texts.add(values.isString() ? values.asString() : values.toString());
        }
        return texts;
    }

    private static String text(Set<String> texts) {
        return String.join(" or ", texts);
    }
}
