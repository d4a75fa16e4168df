import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Collections;
import java.util.PriorityQueue;

class Main {

  /** Keeps only the k smallest values seen so far; their largest is on top. */
  static String findKth(String[] words, int k) {
    PriorityQueue<Integer> heap = new PriorityQueue<>(Collections.reverseOrder());
    for (String word : words) {
      if (word.isEmpty()) continue;
      heap.offer(Integer.parseInt(word));
      if (heap.size() > k) heap.poll();
    }
    return heap.size() == k ? heap.peek().toString() : "-1";
  }

  public static void main(String[] args) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(System.in));
    reader.readLine();
    String[] words = reader.readLine().trim().split("\\s+");
    int k = Integer.parseInt(reader.readLine().trim());
    System.out.println(k < 1 ? "-1" : findKth(words, k));
  }
}
