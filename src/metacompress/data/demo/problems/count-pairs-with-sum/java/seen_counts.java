import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;

class Main {
    static int countPairs(int[] numbers, int target) {
        Map<Integer, Integer> seen = new HashMap<>();
        int pairs = 0;
        for (int number : numbers) {
            pairs += seen.getOrDefault(target - number, 0);
            seen.merge(number, 1, Integer::sum);
        }
        return pairs;
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int n = scanner.nextInt();
        int[] numbers = new int[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = scanner.nextInt();
        }
        int target = scanner.nextInt();
        System.out.println(countPairs(numbers, target));
    }
}
