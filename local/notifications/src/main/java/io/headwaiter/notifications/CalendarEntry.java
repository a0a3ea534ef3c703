package io.headwaiter.notifications;

import io.headwaiter.schemas.BookingCancelled;
import io.headwaiter.schemas.ReservationFacts;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.PropertyList;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.PartStat;
import net.fortuna.ical4j.model.parameter.Rsvp;
import net.fortuna.ical4j.model.property.Attendee;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Method;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Status;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * The booking for the recipient's calendar (RFC 5546). The UID stays and SEQUENCE grows, so that a move changes the entry that
 * is there, a cancellation removes it, and what arrives late changes nothing.
 */
record CalendarEntry(String method, byte[] bytes) {

    static CalendarEntry of(News news, String summary, String from, String to) {
        ReservationFacts booked = news.event().reservation();
        boolean cancelled = news.event() instanceof BookingCancelled;
        Method method = cancelled ? ImmutableMethod.CANCEL : ImmutableMethod.REQUEST;
        Status status = cancelled ? ImmutableStatus.VEVENT_CANCELLED : ImmutableStatus.VEVENT_CONFIRMED;
        Attendee attendee = new Attendee(mailto(to));
        attendee.add(PartStat.ACCEPTED).add(Rsvp.FALSE);
        // Instants, in UTC: the recipient's calendar knows where its owner is.
        VEvent entry = new VEvent(new PropertyList());
        entry.add(new Uid(
                        news.event().restaurantId() + "-" + booked.id() + "@" + from.substring(from.indexOf('@') + 1)))
                .add(new Sequence(booked.version()))
                .add(new DtStamp(news.envelope().time()))
                .add(new DtStart<>(booked.date()))
                .add(new DtEnd<>(booked.end()))
                .add(new Summary(summary))
                .add(status)
                .add(new Organizer(mailto(from)))
                .add(attendee);
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//Headwaiter//Notifications//EN"))
                .add(ImmutableVersion.VERSION_2_0)
                .add(method);
        calendar.add(entry);
        return new CalendarEntry(method.getValue(), calendar.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static URI mailto(String address) {
        try {
            return new URI("mailto", address, null);
        } catch (URISyntaxException noAddress) {
            throw new Refused("An e-mail address is none", true);
        }
    }
}
