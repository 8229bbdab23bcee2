package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.ProcessingInstruction;
import org.xml.sax.InputSource;

/** No view and no help text has what a Content Security Policy refuses, and all views escape what they show. */
class ViewsTest {

    private static final Path RESOURCES = Path.of("src/main/resources");

    private static List<Path> files(String end) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    static List<Path> views() throws IOException {
        return files(".jelly");
    }

    static List<Path> helps() throws IOException {
        return files(".html");
    }

    private static Document parse(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    /** HTML knows names of characters that XML does not. */
    private static Document parseHtml(String text) throws Exception {
        return parse("<help>" + text.replaceAll("&(?!amp;|lt;|gt;|quot;|#)(\\w+);", "$1") + "</help>");
    }

    @ParameterizedTest
    @MethodSource("views")
    void viewsEscapeByDefault(Path view) throws Exception {
        assertThat(escapesByDefault(parse(Files.readString(view)))).isTrue();
    }

    private static boolean escapesByDefault(Document view) {
        Node first = view.getFirstChild();
        return first instanceof ProcessingInstruction instruction
                && instruction.getTarget().equals("jelly")
                && instruction.getData().matches("escape-by-default=(['\"])true\\1");
    }

    @ParameterizedTest
    @MethodSource("views")
    void viewsHaveNothingThatRuns(Path view) throws Exception {
        assertThat(complaints(parse(Files.readString(view)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("helps")
    void helpTextsHaveNothingThatRuns(Path help) throws Exception {
        assertThat(complaints(parseHtml(Files.readString(help)))).isEmpty();
    }

    /** What is wrong with a view. A script has to be a file of its own, and none is needed so far. */
    private static List<String> complaints(Document document) {
        List<String> complaints = new ArrayList<>();
        NodeList elements = document.getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            String name = element.getLocalName().toLowerCase(Locale.ROOT);
            if (name.matches("script|style|iframe|object|embed|base|meta|link|bind")) {
                complaints.add("<" + name + ">");
            }
            // j:out, and a JEXL call that says it has escaped something by itself.
            if (name.equals("out") && "jelly:core".equals(element.getNamespaceURI())) {
                complaints.add("unescaped <j:out>");
            }
            for (int a = 0; a < element.getAttributes().getLength(); a++) {
                complain((Attr) element.getAttributes().item(a), complaints);
            }
        }
        if (document.getDocumentElement().getTextContent().contains("rawHtml")) {
            complaints.add("rawHtml");
        }
        return complaints;
    }

    private static void complain(Attr attribute, List<String> complaints) {
        String name = attribute.getName().toLowerCase(Locale.ROOT);
        String value = attribute.getValue().strip().toLowerCase(Locale.ROOT);
        boolean handler = name.matches("on[a-z]+|style|srcdoc|checkurl");
        boolean target = name.matches("href|src|action|formaction|data|xlink:href")
                && !attribute.getOwnerElement().getLocalName().equals("td");
        boolean script = value.replaceAll("\\s", "").matches("(javascript|vbscript|data):.*");
        boolean foreign = target && value.matches("(http:|//).*");
        if (handler || script || foreign || value.contains("rawhtml")) {
            complaints.add(name + "=" + value);
        }
    }

    @Test
    void theFilesAreFound() throws IOException {
        assertThat(views()).hasSizeGreaterThan(5);
        assertThat(helps()).hasSizeGreaterThan(40);
        assertThat(files(".groovy")).as("views that nobody checks").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a onclick='x()'/>",
                "<f:entry xmlns:f='/lib/form' onChange='x()'/>",
                "<p><b style='color: red'/></p>",
                "<script/>",
                "<SCRIPT src='x.js'/>",
                "<style/>",
                "<a href=' java\nscript:x()'/>",
                "<j:out xmlns:j='jelly:core' value='${it}'/>",
                "<x:out xmlns:x='jelly:core' value='${it}'/>",
                "<p>${h.rawHtml(it)}</p>",
                "<img src='http://host.example/x.png'/>",
                "<iframe src='x'/>"
            })
    void whatIsNotAllowedIsFound(String view) throws Exception {
        assertThat(complaints(parse(view))).isNotEmpty();
        assertThat(complaints(parseHtml(view))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div/>",
                "<?jelly escape-by-default='false'?><div/>",
                "<?other escape-by-default='true'?><div/>",
                "<!-- <?jelly escape-by-default='true'?> --><div/>"
            })
    void aViewThatDoesNotEscapeIsFound(String view) throws Exception {
        assertThat(escapesByDefault(parse(view))).isFalse();
    }
}
