package io.jenkins.plugins.metakraftwerk.client;

import java.nio.ByteBuffer;

/** What is made of the bytes of an answer. A failure ends the exchange. */
interface Body<T> {

    /** Makes something of an answer, whose head has come. */
    interface Reading<T> {
        Body<T> begin(Answer answer) throws MetaKraftwerkException;
    }

    /** The next bytes, on the thread that brings them; they may be overwritten afterwards. */
    void take(ByteBuffer bytes) throws MetaKraftwerkException;

    /** All bytes have come. */
    T end() throws MetaKraftwerkException;
}
