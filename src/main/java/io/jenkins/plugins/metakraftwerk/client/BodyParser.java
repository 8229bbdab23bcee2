package io.jenkins.plugins.metakraftwerk.client;

import java.nio.ByteBuffer;

/** What is made of the bytes of an answer. A failure ends the exchange. */
interface BodyParser<T> {

    /** Makes something of an answer, whose head has come. */
    interface Factory<T> {
        BodyParser<T> begin(ApiResponse answer) throws MetaKraftwerkException;
    }

    /** The next bytes, on the thread that brings them; they may be overwritten afterwards. */
    void take(ByteBuffer bytes) throws MetaKraftwerkException;

    /** All bytes have come. */
    T end() throws MetaKraftwerkException;
}
