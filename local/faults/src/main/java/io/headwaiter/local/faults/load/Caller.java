package io.headwaiter.local.faults.load;

import io.headwaiter.local.faults.history.Asked;
import io.headwaiter.local.faults.history.Outcome.Booking;
import io.headwaiter.local.faults.history.Ticket;
import io.headwaiter.local.fixtures.ARestaurant.Added;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a table, and then changes their mind in some way: again and again, one call after the other. What is asked follows
 * from the seed as far as it does not follow from the answers.
 */
final class Caller implements Runnable {

    private static final Duration LONGEST_BEFORE_HANGING_UP = Duration.ofMillis(40);

    private final String name;
    private final Random dice;
    private final Choose choose;
    private final Ask ask;
    private final Pace pace;
    private final Booked.Shared shared;
    private final BooleanSupplier isOver;
    private int wishes;

    Caller(String name, Random dice, Choose choose, Ask ask, Pace pace, Booked.Shared shared, BooleanSupplier isOver) {
        this.name = name;
        this.dice = dice;
        this.choose = choose;
        this.ask = ask;
        this.pace = pace;
        this.shared = shared;
        this.isOver = isOver;
    }

    @Override
    public void run() {
        try {
            while (!isOver.getAsBoolean()) {
                visit();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void visit() throws InterruptedException {
        Booked others = choose.percent(15) ? shared.any(dice) : null;
        if (others != null) {
            change(others);
            return;
        }
        Added house = choose.house();
        Asked.Place place = choose.place(house, nextName());
        String key = choose.percent(90) ? place.reference() : null;
        Wish wish = new Wish(house.id(), place, key, null);
        Answer answer = ask(wish);
        if (answer.token() != null && choose.percent(answer.isOpen() ? 20 : 5)) {
            withdraw(house, answer.token().token());
        } else {
            sendAgain(wish, place);
            answer = look(answer);
            Booking booking = answer.booking();
            if (booking != null) {
                Booked booked = booked(house, booking);
                shared.show(booked, dice);
                if (choose.percent(70)) {
                    change(booked);
                }
            }
        }
    }

    /** Who has not waited looks again, at whichever gateway; a few do not care. */
    private Answer look(Answer answer) throws InterruptedException {
        return answer.token() != null && answer.isOpen() && choose.percent(95)
                ? ask.look(answer.token(), choose.upTo(2))
                : answer;
    }

    /** Some send again what is answered already; and some take a key for something else, by mistake. */
    private void sendAgain(Wish wish, Asked.Place place) throws InterruptedException {
        if (wish.key() != null && choose.percent(5)) {
            ask(wish);
        } else if (wish.key() != null && choose.percent(1)) {
            ask(new Wish(
                    wish.restaurantId(),
                    new Asked.Place(place.date(), place.guests() + 1, place.tableId(), place.reference()),
                    wish.key(),
                    null));
        }
    }

    private void withdraw(Added house, String token) throws InterruptedException {
        ask(new Wish(house.id(), new Asked.Withdraw(Ticket.of(token)), nextName(), token));
    }

    private void change(Booked booked) throws InterruptedException {
        int what = choose.upTo(10);
        if (what < 4) {
            Booking moved = ask(booked, choose.move(booked));
            if (moved != null && choose.percent(30)) {
                ask(booked, choose.cancel(booked(booked.house(), moved)));
            }
        } else if (what < 8) {
            if (ask(booked, choose.cancel(booked)) != null && choose.percent(40)) {
                takeAgain(booked);
            }
        } else if (ask(booked, new Asked.Status(booked.id(), "seated")) != null) {
            ask(booked, new Asked.Status(booked.id(), choose.percent(50) ? "completed" : "confirmed"));
        }
    }

    /** The very slot, at the very table, that was given back. */
    private void takeAgain(Booked booked) throws InterruptedException {
        String reference = nextName();
        ask(new Wish(
                booked.house().id(), new Asked.Place(booked.date(), 2, booked.tableId(), reference), reference, null));
    }

    private @Nullable Booking ask(Booked booked, Asked asked) throws InterruptedException {
        return look(ask(new Wish(booked.house().id(), asked, nextName(), null))).booking();
    }

    private Answer ask(Wish wish) throws InterruptedException {
        pace.await();
        return ask.until(wish, choose.manner(), choose.upTo(2), Duration.ofMillis(choose.upTo((int)
                LONGEST_BEFORE_HANGING_UP.toMillis())));
    }

    private static Booked booked(Added house, Booking booking) {
        return new Booked(house, booking.id(), booking.tableId(), booking.date(), booking.version());
    }

    /** A reference and a key that nobody else has. */
    private String nextName() {
        return name + "-" + ++wishes;
    }
}
