package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The option of Java that undoes 'never twice' is seen. */
class TransportTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "true", "TRUE"})
    void itIsSet(String value) {
        assertThat(Transport.isSet(value)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"false", "1", "yes", " "})
    void itIsNotSet(String value) {
        assertThat(Transport.isSet(value)).isFalse();
    }
}
