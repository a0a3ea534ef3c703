package io.headwaiter.local.faults.load;

import io.headwaiter.local.faults.history.Entry.Call;
import io.headwaiter.local.faults.history.Entry.Silence;
import io.headwaiter.local.faults.history.Entry.Told;
import io.headwaiter.local.faults.history.Recorder;
import io.headwaiter.schemas.RequestId;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks for one thing: at one gateway after the other until there is an answer, and then for what became of it. */
final class Ask {

    private static final int TRIES = 40;
    private static final Duration BEFORE_A_RETRY = Duration.ofMillis(500);
    private static final Duration BEFORE_A_LOOK = Duration.ofMillis(150);
    /** Who has looked so often leaves it to the end of the run. */
    private static final int LOOKS = 40;

    private final Gateways gateways;
    private final Houses houses;
    private final Recorder history;
    private final Undecided undecided;
    private final Progress progress;

    Ask(Gateways gateways, Houses houses, Recorder history, Undecided undecided, Progress progress) {
        this.gateways = gateways;
        this.houses = houses;
        this.history = history;
        this.undecided = undecided;
        this.progress = progress;
    }

    /**
     * Until it is answered, if there is a key to try again with.
     *
     * @param first the gateway that is asked first
     * @param hangUpAfter for who hangs up
     */
    Answer until(Wish wish, Manner manner, int first, Duration hangUpAfter) throws InterruptedException {
        Manner now = manner;
        for (int tries = 0; tries < TRIES; tries++) {
            int gateway = first + tries;
            long call = call(wish, gateway);
            Reply reply = once(call, wish, now, gateway, hangUpAfter);
            if (reply != null && !reply.isTurnedAway()) {
                return answered(call, wish, reply);
            }
            if (wish.key() == null) {
                return Answer.NONE;
            }
            if (now == Manner.HANGS_UP) {
                now = Manner.WAITS;
            } else {
                Thread.sleep(BEFORE_A_RETRY);
            }
        }
        return Answer.NONE;
    }

    private long call(Wish wish, int gateway) {
        long id = history.nextCall();
        UUID request = wish.key() == null
                ? null
                : RequestId.derive(houses.partnerId(), wish.restaurantId(), wish.key())
                        .value();
        history.record(new Call(
                id,
                wish.restaurantId(),
                wish.key(),
                request,
                wish.asked(),
                Instant.now(),
                gateways.url(gateway).getAuthority().intern()));
        return id;
    }

    private @Nullable Reply once(long call, Wish wish, Manner manner, int gateway, Duration hangUpAfter)
            throws InterruptedException {
        progress.called();
        try {
            Reply reply = manner == Manner.HANGS_UP
                    ? gateways.sendAndHangUp(gateway, wish, hangUpAfter)
                    : gateways.send(gateway, wish, manner);
            if (reply == null) {
                history.record(new Silence(call, Instant.now(), "hung up"));
            } else {
                Told told = reply.told(call, Instant.now());
                history.record(told);
                progress.told(told);
            }
            return reply;
        } catch (HttpTimeoutException late) {
            history.record(new Silence(call, Instant.now(), "timeout"));
        } catch (IOException broken) {
            history.record(new Silence(call, Instant.now(), "broken"));
        } finally {
            progress.done();
        }
        return null;
    }

    private Answer answered(long call, Wish wish, Reply reply) {
        String text = reply.token();
        if (text == null) {
            return Answer.NONE;
        }
        Undecided.Token token = new Undecided.Token(call, wish.restaurantId(), text);
        Answer answer = new Answer(token, reply.told(call, Instant.now()).outcome());
        if (answer.isOpen()) {
            undecided.add(token);
        }
        return answer;
    }

    /** At the gateways in turn, until it is decided or the caller has had enough. */
    Answer look(Undecided.Token open, int first) throws InterruptedException {
        for (int looks = 0; looks < LOOKS; looks++) {
            Told told = lookOnce(open, first + looks);
            if (told != null && told.outcome() != null) {
                return new Answer(open, told.outcome());
            }
            Thread.sleep(BEFORE_A_LOOK);
        }
        return new Answer(open, null);
    }

    /** Null: it is not decided yet, or that is not known. */
    @Nullable
    Told lookOnce(Undecided.Token open, int gateway) throws InterruptedException {
        try {
            Reply reply = gateways.get(gateway, open.path());
            if (reply.isPending()) {
                return null;
            }
            Told told = reply.polled(open.call(), Instant.now(), open.token());
            history.record(told);
            if (told.outcome() != null) {
                undecided.remove(open);
            }
            return told;
        } catch (IOException away) {
            return null;
        }
    }
}
