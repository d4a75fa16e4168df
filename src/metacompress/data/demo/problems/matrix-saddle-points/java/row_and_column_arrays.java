import java.util.Arrays;
import java.util.Scanner;

class Main {
    static int countSaddlePoints(int[][] matrix) {
        int rows = matrix.length;
        int cols = matrix[0].length;
        int[] rowMin = new int[rows];
        int[] colMax = new int[cols];
        Arrays.fill(rowMin, Integer.MAX_VALUE);
        Arrays.fill(colMax, Integer.MIN_VALUE);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                rowMin[i] = Math.min(rowMin[i], matrix[i][j]);
                colMax[j] = Math.max(colMax[j], matrix[i][j]);
            }
        }
        int count = 0;
        for (int min : rowMin) {
            for (int max : colMax) {
                // the element lies between the two, so it equals both
                if (min == max) {
                    count++;
                }
            }
        }
        return count;
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int rows = scanner.nextInt();
        int cols = scanner.nextInt();
        int[][] matrix = new int[rows][cols];
        for (int[] row : matrix) {
            for (int j = 0; j < cols; j++) {
                row[j] = scanner.nextInt();
            }
        }
        System.out.println(countSaddlePoints(matrix));
    }
}
