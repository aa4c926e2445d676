package io.lariat.tables;

import java.math.BigDecimal;
import java.util.Locale;

/** Ways to write the same number. */
enum Notation {
  SHORTEST {
    @Override
    String write(double value) {
      return Double.toString(value);
    }
  },
  PLAIN {
    @Override
    String write(double value) {
      return new BigDecimal(Double.toString(value)).toPlainString();
    }
  },
  PLUS {
    @Override
    String write(double value) {
      return (value < 0 ? "" : "+") + PLAIN.write(value);
    }
  },
  TRAILING_ZEROS {
    @Override
    String write(double value) {
      String plain = PLAIN.write(value);
      return plain + (plain.contains(".") ? "00" : ".00");
    }
  },
  LEADING_ZEROS {
    @Override
    String write(double value) {
      String plain = PLAIN.write(Math.abs(value));
      return (value < 0 ? "-00" : "00") + plain;
    }
  },
  BARE_POINT {
    @Override
    String write(double value) {
      String plain = PLAIN.write(value);
      return plain.endsWith(".0") ? plain.substring(0, plain.length() - 1) : plain;
    }
  },
  NO_LEADING_ZERO {
    @Override
    String write(double value) {
      String plain = PLAIN.write(value);
      return plain.matches("-?0\\.\\d*[1-9]\\d*") ? plain.replaceFirst("0\\.", ".") : plain;
    }
  },
  EXPONENT {
    @Override
    String write(double value) {
      return String.format(Locale.ROOT, "%.17e", value);
    }
  },
  CAPITAL_EXPONENT {
    @Override
    String write(double value) {
      return EXPONENT.write(value).replace("e", "E");
    }
  },
  LARGE_EXPONENT {
    @Override
    String write(double value) {
      return new BigDecimal(Double.toString(value)).unscaledValue()
          + "e"
          + -new BigDecimal(Double.toString(value)).scale();
    }
  },
  MANY_DIGITS {
    @Override
    String write(double value) {
      return new BigDecimal(value).toPlainString();
    }
  },
  SPACED {
    @Override
    String write(double value) {
      return " " + PLAIN.write(value) + " ";
    }
  };

  abstract String write(double value);
}
