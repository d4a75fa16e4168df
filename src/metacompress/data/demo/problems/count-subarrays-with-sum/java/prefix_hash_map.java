import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;

class Main {
    static int countSubarrays(int[] numbers, int target) {
        Map<Integer, Integer> prefixCounts = new HashMap<>();
        prefixCounts.put(0, 1);
        int prefix = 0;
        int count = 0;
        for (int number : numbers) {
            prefix += number;
            count += prefixCounts.getOrDefault(prefix - target, 0);
            prefixCounts.put(prefix, prefixCounts.getOrDefault(prefix, 0) + 1);
        }
        return count;
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int[] numbers = new int[scanner.nextInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = scanner.nextInt();
        }
        System.out.println(countSubarrays(numbers, scanner.nextInt()));
    }
}
