package dev.midge.view.proto;

import org.jspecify.annotations.Nullable;

/** The data types of Sparkplug B, by their numbers, each with the field that holds its values. */
enum SparkplugType {
  UNKNOWN("Unknown", ""),
  INT8("Int8", "int_value"),
  INT16("Int16", "int_value"),
  INT32("Int32", "int_value"),
  INT64("Int64", "long_value"),
  UINT8("UInt8", "int_value"),
  UINT16("UInt16", "int_value"),
  UINT32("UInt32", "int_value"),
  UINT64("UInt64", "long_value"),
  FLOAT("Float", "float_value"),
  DOUBLE("Double", "double_value"),
  BOOLEAN("Boolean", "boolean_value"),
  STRING("String", "string_value"),
  DATE_TIME("DateTime", "long_value"),
  TEXT("Text", "string_value"),
  UUID("UUID", "string_value"),
  DATA_SET("DataSet", "dataset_value"),
  BYTES("Bytes", "bytes_value"),
  FILE("File", "bytes_value"),
  TEMPLATE("Template", "template_value"),
  PROPERTY_SET("PropertySet", "propertyset_value"),
  PROPERTY_SET_LIST("PropertySetList", "propertysets_value"),
  INT8_ARRAY("Int8Array", "bytes_value"),
  INT16_ARRAY("Int16Array", "bytes_value"),
  INT32_ARRAY("Int32Array", "bytes_value"),
  INT64_ARRAY("Int64Array", "bytes_value"),
  UINT8_ARRAY("UInt8Array", "bytes_value"),
  UINT16_ARRAY("UInt16Array", "bytes_value"),
  UINT32_ARRAY("UInt32Array", "bytes_value"),
  UINT64_ARRAY("UInt64Array", "bytes_value"),
  FLOAT_ARRAY("FloatArray", "bytes_value"),
  DOUBLE_ARRAY("DoubleArray", "bytes_value"),
  BOOLEAN_ARRAY("BooleanArray", "bytes_value"),
  STRING_ARRAY("StringArray", "bytes_value"),
  DATE_TIME_ARRAY("DateTimeArray", "bytes_value");

  private final String word;
  private final String field;

  SparkplugType(String word, String field) {
    this.word = word;
    this.field = field;
  }

  /** Returns the name that the specification gives it. */
  String word() {
    return word;
  }

  /** Returns the name of the field that holds its values; empty for none. */
  String field() {
    return field;
  }

  /** Returns the type with that number; {@link #UNKNOWN} for numbers that are none. */
  static SparkplugType of(int number) {
    return number > 0 && number < values().length ? values()[number] : UNKNOWN;
  }

  /** Returns the type of that name; null for none. */
  static @Nullable SparkplugType of(String word) {
    for (SparkplugType type : values()) {
      if (type.word.equals(word)) {
        return type;
      }
    }
    return null;
  }
}
