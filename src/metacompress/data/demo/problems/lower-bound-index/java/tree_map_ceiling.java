import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.TreeMap;

class Main {

  static int lowerBound(TreeMap<Integer, Integer> firstIndex, int key, int size) {
    Map.Entry<Integer, Integer> hit = firstIndex.ceilingEntry(key);
    return hit == null ? size : hit.getValue();
  }

  public static void main(String[] args) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    int size = Integer.parseInt(in.readLine().trim());
    String line = in.readLine().trim();
    int key = Integer.parseInt(in.readLine().trim());

    TreeMap<Integer, Integer> firstIndex = new TreeMap<>();
    String[] words = line.split(" ");
    for (int k = 0; k < size; k++) {
      firstIndex.putIfAbsent(Integer.valueOf(words[k]), k);
    }
    System.out.println(lowerBound(firstIndex, key, size));
  }
}
