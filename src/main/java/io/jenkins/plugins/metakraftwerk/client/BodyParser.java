package io.jenkins.plugins.metakraftwerk.client;

import java.nio.ByteBuffer;

/** Makes a value of the bytes of a response. A failure ends the exchange. */
interface BodyParser<T> {

    /** Begins a parser when the head of a response has arrived. */
    interface Factory<T> {
        BodyParser<T> begin(ApiResponse response) throws MetaKraftwerkException;
    }

    /** Takes the next bytes, on the thread that brings them. They may be overwritten afterwards. */
    void take(ByteBuffer bytes) throws MetaKraftwerkException;

    /** Returns the value, after all bytes have arrived. */
    T end() throws MetaKraftwerkException;
}
