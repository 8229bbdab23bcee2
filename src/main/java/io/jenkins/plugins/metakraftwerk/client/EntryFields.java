package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/** The fields of one entry of a list. Fields that the type of the entry does not have are dropped. */
final class EntryFields<T> {

    private static final JsonNodeFactory NODES = Json.MAPPER.getNodeFactory();

    private final Class<T> type;
    private final Set<String> known;
    private ObjectNode fields = NODES.objectNode();

    /** The value that was put last, if that is an array; else null. */
    private ArrayNode array;

    EntryFields(Class<T> type) {
        this.type = type;
        known =
                Json.MAPPER
                        .getDeserializationConfig()
                        .introspect(Json.MAPPER.constructType(type))
                        .findProperties()
                        .stream()
                        .map(BeanPropertyDefinition::getName)
                        .collect(Collectors.toSet());
    }

    /**
     * Takes a value whose first token has arrived. The content of an object is dropped, since no field of an entry is
     * an object.
     */
    void put(String name, JsonToken token, JsonParser json) throws IOException {
        array = null;
        if (known.contains(name)) {
            JsonNode value = value(token, json);
            fields.set(name, value);
            array = value instanceof ArrayNode items ? items : null;
        }
    }

    /** Takes a value inside the array or object that was put last. Only the whole numbers of an array are kept. */
    void element(JsonToken token, JsonParser json) throws IOException {
        if (array != null && token == JsonToken.VALUE_NUMBER_INT && array.size() < LenientFields.MOST_IDS) {
            array.add(value(token, json));
        }
    }

    private static JsonNode value(JsonToken token, JsonParser json) throws IOException {
        return switch (token) {
            case VALUE_STRING -> NODES.textNode(json.getText());
            case VALUE_NUMBER_INT -> NODES.numberNode(json.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(json.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case START_ARRAY -> NODES.arrayNode();
            default -> NODES.objectNode();
        };
    }

    /** Makes the entry and begins the next one. */
    T take() throws IOException {
        ObjectNode entry = fields;
        fields = NODES.objectNode();
        return Json.MAPPER.treeToValue(entry, type);
    }
}
