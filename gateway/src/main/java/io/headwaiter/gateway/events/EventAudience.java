package io.headwaiter.gateway.events;

/**
 * Hears every event that comes while this gateway is up, those of a partition in order. All of it is told on the one thread of
 * the {@link EventTail}, and nobody may hold that up.
 */
public interface EventAudience {

    /** The tail starts: whoever comes from now on may wait for what it will tell. */
    void open();

    /**
     * The tail stands here, at the start and whenever it starts again. Unless that is where it was before, events were missed.
     *
     * @param next by partition, the offset of the next event that will be heard
     */
    default void standAt(long[] next) {}

    void hear(PublishedEvent event);

    /** Nothing will be heard any more: nobody need wait for it, and whoever comes yet need not either. */
    void sendAway();
}
