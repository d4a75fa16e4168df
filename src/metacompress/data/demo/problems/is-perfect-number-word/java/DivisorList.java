import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StreamTokenizer;
import java.util.ArrayList;
import java.util.List;

class Main {
  static List<Integer> properDivisors(int number) {
    List<Integer> found = new ArrayList<>();
    int candidate = 0;
    while (++candidate < number) {
      if (number % candidate == 0) found.add(candidate);
    }
    return found;
  }

  static String perfectNumber(int number) {
    int missing = number;
    for (int part : properDivisors(number)) missing -= part;
    if (missing < 0) return "abundant";
    return missing > 0 || number == 0 ? "deficient" : "perfect";
  }

  public static void main(String[] args) throws IOException {
    StreamTokenizer st = new StreamTokenizer(new InputStreamReader(System.in));
    st.nextToken();
    System.out.println(perfectNumber((int) st.nval));
  }
}
