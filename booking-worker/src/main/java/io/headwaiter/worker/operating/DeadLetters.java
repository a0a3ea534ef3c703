package io.headwaiter.worker.operating;

import io.headwaiter.schemas.Topics;
import java.io.PrintStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** {@code dead-letters list|show|resend}: the records that could not be decided. */
public final class DeadLetters {

    private static final String USAGE =
            "dead-letters list [--from=2027-01-01T18:00:00Z], dead-letters show PARTITION@OFFSET,"
                    + " dead-letters resend PARTITION@OFFSET, or dead-letters resend all";

    private static final String ALL = "all";
    private static final int LONGEST_KEY = 100;
    private static final int LONGEST_HEADER = 1000;
    private static final int LONGEST_VALUE = 64 * 1024;

    private final KafkaProperties kafka;
    private final PrintStream out = System.out;

    private DeadLetters(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    /** @return the exit status: 1 when a letter could not be sent again, 2 when the command failed */
    public static int run(String... args) {
        return Command.run(
                Setup.class,
                context -> new DeadLetters(context.getBean(KafkaProperties.class))
                        .run(context.getBean(ApplicationArguments.class)),
                args);
    }

    private int run(ApplicationArguments arguments) {
        List<String> words = arguments.getNonOptionArgs();
        String verb = words.size() > 1 ? words.get(1) : "";
        String which = words.size() == 3 ? words.get(2) : "";
        if (verb.equals("list") && words.size() == 2) {
            return list(from(arguments));
        } else if (verb.equals("show") && !which.isEmpty()) {
            return show(which);
        } else if (verb.equals("resend") && which.equals(ALL)) {
            return resendAll();
        } else if (verb.equals("resend") && !which.isEmpty()) {
            return resend(which);
        }
        throw new Refused("There are: " + USAGE);
    }

    private static Instant from(ApplicationArguments arguments) {
        List<String> given = arguments.getOptionValues("from");
        if (given == null || given.isEmpty()) {
            return Instant.EPOCH;
        }
        try {
            return Instant.parse(given.getLast());
        } catch (DateTimeParseException notATime) {
            throw new Refused("--from wants a time such as 2027-01-01T18:00:00Z");
        }
    }

    private int list(Instant from) {
        int[] count = new int[1];
        each(letter -> {
            if (!letter.laidAside().isBefore(from)) {
                out.println(line(letter));
                count[0]++;
            }
        });
        out.println(count[0] + " dead letters");
        return Command.DONE;
    }

    private static String line(Letter letter) {
        byte[] key = letter.record().key();
        return "%s  %s  %s  from %s  key %s%s"
                .formatted(
                        letter.place(),
                        letter.laidAside(),
                        letter.code(),
                        letter.origin(),
                        key == null ? "(none)" : Printable.of(key, LONGEST_KEY),
                        letter.isCut() ? "  cut" : "");
    }

    private int show(String place) {
        Letter letter = at(place);
        out.println("dead letter   " + letter.place());
        out.println("laid aside    " + letter.laidAside());
        out.println("code          " + letter.code());
        out.println("detail        " + letter.detail());
        out.println("came from     " + letter.origin());
        out.println("key           " + Printable.of(letter.record().key()));
        for (Header header : letter.record().headers()) {
            byte[] value = header.value();
            out.println("header        " + Printable.of(header.key()) + ": "
                    + (value == null ? "(none)" : Printable.of(value, LONGEST_HEADER)));
        }
        byte[] value = letter.record().value();
        out.println("value         "
                + (value == null ? "(none)" : value.length + " bytes" + (letter.isCut() ? ", cut" : "")));
        if (value != null) {
            out.println(Printable.of(value, LONGEST_VALUE));
        }
        return Command.DONE;
    }

    private int resend(String place) {
        Letter letter = at(place);
        try (SendAgain again = new SendAgain(kafka)) {
            out.println(letter.place() + " is sent again and is now " + again.send(letter));
        }
        if (letter.isDecided()) {
            out.println("It was decided internal_error and stays so: its event is published once more, and it is laid"
                    + " aside once more");
        }
        return Command.DONE;
    }

    /** Each record once, however many letters there are about it: one that dies again must not come back twice as often. */
    private int resendAll() {
        Set<String> seen = new HashSet<>();
        int[] sentAndLeft = new int[2];
        try (SendAgain again = new SendAgain(kafka)) {
            each(letter -> {
                if (!seen.add(letter.fingerprint())) {
                    return;
                }
                boolean sent = !letter.isDecided() && resend(letter, again);
                sentAndLeft[sent ? 0 : 1]++;
                if (letter.isDecided()) {
                    out.println(letter.place() + " is left: it was decided internal_error, and stays so");
                }
            });
        }
        out.println(sentAndLeft[0] + " sent again, " + sentAndLeft[1] + " left");
        return sentAndLeft[1] == 0 ? Command.DONE : Command.SEE_TO_IT;
    }

    private boolean resend(Letter letter, SendAgain again) {
        try {
            out.println(letter.place() + " is sent again and is now " + again.send(letter));
            return true;
        } catch (Refused refused) {
            out.println(letter.place() + " is left: " + refused.getMessage());
            return false;
        }
    }

    private Letter at(String place) {
        Letter[] found = new Letter[1];
        each(letter -> {
            if (letter.place().equals(place)) {
                found[0] = letter;
            }
        });
        if (found[0] == null) {
            throw new Refused("There is no dead letter " + Printable.of(place)
                    + ": `dead-letters list` shows those there are, by the PARTITION@OFFSET where they lie");
        }
        return found[0];
    }

    private void each(Consumer<Letter> one) {
        new WholeTopic(kafka, Topics.DEAD_LETTERS).read(some -> some.forEach(record -> one.accept(new Letter(record))));
    }

    @SpringBootConfiguration
    @ImportAutoConfiguration(KafkaAutoConfiguration.class)
    static class Setup {}
}
