package io.jenkins.plugins.metakraftwerk.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Values that nobody would send, and that arrive nevertheless. */
final class Hostile {

    /** A token without the form of one. */
    static final String TOKEN = "opaque-token-4711";

    private static final List<String> FIELDS = List.of(
            "id",
            "build_id",
            "pattern_id",
            "deployment_id",
            "agent_id",
            "name",
            "message",
            "code",
            "total",
            "data",
            "limit",
            "skip",
            "status",
            "progress",
            "accessToken",
            "online",
            "deleted",
            "x",
            "");

    private Hostile() {}

    static Arbitrary<String> text() {
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(40);
        Arbitrary<String> odd = Arbitraries.strings()
                .withChars("\u0000\u001b\u009b\r\n\t\"\\'<>&/+?#%{}[]: ")
                .withChars("\u200b\u202e\u2066\ufeff\u2028\u0085\ud83d\ude00äß数")
                .withChars('a', '1')
                .ofMaxLength(30);
        Arbitrary<String> known = Arbitraries.of(
                TOKEN,
                "Bearer " + TOKEN,
                "x " + TOKEN + "\u0007",
                "\u001b[31mred",
                "eyJhbGciOiJIUzI1NiJ9.eyJ9.sig",
                "'{0,number} {name} '",
                "${jndi:ldap://x}",
                "a".repeat(3000),
                "😀".repeat(600),
                "");
        return Arbitraries.frequencyOf(Tuple.of(3, any), Tuple.of(3, odd), Tuple.of(2, known));
    }

    /** A field as a person might fill it in, or not. */
    static Arbitrary<String> field() {
        Arbitrary<String> numbers = Arbitraries.oneOf(
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.integers().between(1, 9999).map(String::valueOf),
                Arbitraries.of("0", "-0", "00", "1e3", "99999999999999999999", "٣", " 7 ", "+7"));
        return Arbitraries.oneOf(text(), numbers, numbers).injectNull(0.4);
    }

    static Arbitrary<String> json() {
        Arbitrary<String> simple = Arbitraries.oneOf(
                Arbitraries.of("null", "true", "false", "0", "1", "5139", "-1", "1.5", "1e400", "-0.0", "1e999999999"),
                Arbitraries.of("99999999999999999999", "9".repeat(2000), "{}", "[]", "\"\\ud800\"", "NaN"),
                Arbitraries.longs().map(String::valueOf),
                text().map(Hostile::quoted));
        return Arbitraries.recursive(() -> simple, Hostile::nested, 0, 3);
    }

    private static Arbitrary<String> nested(Arbitrary<String> inner) {
        Arbitrary<String> array = inner.list().ofMaxSize(4).map(all -> "[" + String.join(",", all) + "]");
        Arbitrary<String> entry =
                Combinators.combine(Arbitraries.of(FIELDS), inner).as((key, value) -> quoted(key) + ":" + value);
        Arbitrary<String> object = entry.list().ofMaxSize(7).map(all -> "{" + String.join(",", all) + "}");
        return Arbitraries.oneOf(inner, array, object, object);
    }

    private static String quoted(String text) {
        return Json.MAPPER.getNodeFactory().textNode(text).toString();
    }

    /** The bytes of an answer: JSON, JSON that is broken somewhere, or no JSON at all. */
    static Arbitrary<byte[]> body() {
        Arbitrary<byte[]> whole = json().map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> broken = Combinators.combine(whole, Arbitraries.integers(), Arbitraries.bytes())
                .as(Hostile::broken);
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<byte[]> deep = Combinators.combine(
                        Arbitraries.of("[", "{\"a\":", "[{\"id\":", "{\"data\":["),
                        Arbitraries.integers().between(1, 5000))
                .as((opening, times) -> opening.repeat(times).getBytes(StandardCharsets.UTF_8));
        return Arbitraries.frequencyOf(Tuple.of(6, whole), Tuple.of(3, broken), Tuple.of(1, any), Tuple.of(1, deep));
    }

    private static byte[] broken(byte[] whole, int where, byte with) {
        if (whole.length == 0) {
            return whole;
        }
        byte[] broken = where % 2 == 0 ? whole.clone() : Arrays.copyOf(whole, Math.floorMod(where, whole.length));
        if (broken.length > 0) {
            broken[Math.floorMod(where, broken.length)] = with;
        }
        return broken;
    }
}
