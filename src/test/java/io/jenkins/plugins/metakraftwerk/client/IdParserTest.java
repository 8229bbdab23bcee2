package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** There is one way to write an id, wherever it is written. */
class IdParserTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "5139, 5139", "' 7 ', 7", "007, 7", "9223372036854775807, 9223372036854775807"})
    void isOne(String text, long id) {
        assertThat(IdParser.read(text)).hasValue(id);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {" ", "0", "000", "-1", "+5", "5.0", "5e3", "0x10", "٥", "5 139", "5139L", "9223372036854775808"})
    void isNone(String text) {
        assertThat(IdParser.read(text)).isEmpty();
    }
}
