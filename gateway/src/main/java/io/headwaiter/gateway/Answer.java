package io.headwaiter.gateway;

/** The envelope of everything that went well. */
public record Answer<T>(boolean success, T data) {

    public static <T> Answer<T> of(T data) {
        return new Answer<>(true, data);
    }
}
